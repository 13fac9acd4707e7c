import { defineConfig } from '@playwright/test';
import { ARGUMENTS, findChromium } from './support/chromium.mjs';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  outputDir: '../../target/e2e',
  // A test that passes at the second try has failed.
  retries: 0,
  forbidOnly: true,
  workers: 2,
  fullyParallel: true,
  // What watches how long the page is busy is run by itself, after the others: two pages on two cores would disturb each other.
  projects: [
    { name: 'together', grepInvert: /@alone/ },
    { name: 'alone', grep: /@alone/, workers: 1, dependencies: ['together'] },
  ],
  reporter: 'list',
  timeout: 60_000,
  // A program of the page may have to be fetched and compiled first.
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findChromium(), args: ARGUMENTS },
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    locale: 'en-US',
  },
});
