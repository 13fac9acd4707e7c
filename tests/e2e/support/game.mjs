// The page “Beat the theorem”, as a person uses it.

const idea = (page, name) => page.getByRole('group', { name: 'Ideas to start from' }).getByRole('button', { name });

/** A setting of the attempt. */
export const setting = (page, name) => page.locator('.settings').getByRole('combobox', { name, exact: true });

/** Chooses the largest attempt there is: it survives for long. */
export async function largest(page) {
  await idea(page, 'Ask again').click();
  await page.locator('.settings summary').click();
  await setting(page, 'Network').selectOption({ label: 'Loses nothing' });
  await setting(page, 'Clients').selectOption({ label: '4 clients at both nodes make 4 requests each' });
  await setting(page, 'Stop').selectOption({ label: 'After 5,000,000 states' });
}

/** How many different states the search has met. */
export const met = async (page) => Number((await page.locator('.counts dd').first().textContent()).replaceAll(',', ''));
