// Links from the outside: the envelope as it is documented, made by hand, and what becomes of links on their way.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Pseudo-random whole numbers below an end, the same for the same seed. */
export function dice(seed) {
  let state = seed >>> 0;
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
}

function leb(number) {
  const bytes = [];
  let rest = number;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
}

/** A code whose checksum is right, whatever is in it. @param {{ version?: number, unpacked: number, packed: number[] }} what */
export function sealed({ version = 1, unpacked, packed }) {
  const bytes = Buffer.from([version, ...leb(unpacked), ...leb(packed.length), ...packed]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes));
  return Buffer.concat([bytes, sum]).toString('base64url');
}

/** The code of a page of the room Prove in a state of any text, made by hand. */
export function pageCode(page, state) {
  const words = [page, state].map((word) => Buffer.from(word));
  const content = [2, ...words.flatMap((word) => leb(word.length)), ...Buffer.concat(words), 3, 0, 1];
  const more = content.length - 15; // LZ4: a run of letters as they are
  const lengths = more < 0 ? [content.length << 4] : [0xf0, ...Array(Math.floor(more / 255)).fill(255), more % 255];
  return sealed({ unpacked: content.length, packed: [...lengths, ...content] });
}

/** One `A`, and then again what is before it, so often: LZ4's way to write much with little. */
export function bomb(size, claims = size) {
  const more = size - 1 - 4 - 15 - 5;
  const lengths = [...Array.from({ length: Math.floor(more / 255) }, () => 255), more % 255];
  return sealed({ unpacked: claims, packed: [0x1f, 0x41, 1, 0, ...lengths, 0x50, 0x41, 0x41, 0x41, 0x41, 0x41] });
}

/** One of the things that happen to links, and some that do not happen by accident. */
export function mutated(code, how, roll) {
  const at = roll(code.length);
  const letter = LETTERS[roll(64)];
  switch (how % 12) {
    case 0:
    case 1:
      return code.slice(0, at) + LETTERS[LETTERS.indexOf(code[at]) ^ (1 << roll(6))] + code.slice(at + 1);
    case 2:
      return code.slice(0, 1 + at);
    case 3:
      return code.slice(1 + at) || letter;
    case 4:
      return code.slice(0, at) + code.slice(at + 1);
    case 5:
      return code.slice(0, at) + letter + code.slice(at);
    case 6:
      return code.repeat(2 + roll(3));
    case 7:
      return code + ['.', ')', '>', '%20', '=', '…', '#', '/'][roll(8)];
    case 8:
      return Array.from({ length: 1 + roll(1_500) }, () => LETTERS[roll(64)]).join('');
    case 9:
      return bomb(1_000 * 2 ** roll(13), roll(2) ? undefined : 2 ** roll(32));
    case 10:
      return sealed({ version: roll(4), unpacked: roll(400), packed: Array.from({ length: 1 + roll(400) }, () => roll(256)) });
    default:
      return letter.repeat(1 + roll(roll(8) ? 2_000 : 1 << 20));
  }
}
