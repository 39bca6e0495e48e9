/**
 * Whether the words of an item that mentions `logins` alone do not say what it is about: there are fewer than three, or nothing but platforms,
 * versions and names of people. A remark in brackets says nothing about that. Scripts without blanks are counted by
 * characters.
 */
export function isUnclear(words: string, logins: readonly string[]): boolean {
  const bare = words.replace(REMARK, ' ');
  const said = LETTER.test(bare) ? bare : words;
  if (countWords(said) < LEAST_WORDS) return true;
  const names = new Set(logins.map((login) => login.toLowerCase()));
  return said
    .toLowerCase()
    .split(/[\s/,;:+&|]+/)
    .every((word) => names.has(word) || isPlatform(word));
}

const LEAST_WORDS = 3;
const REMARK = /(?<=\s)[([（【][^()[\]（）【】]*[)\]）】]/g;
const LETTER = /[\p{L}\p{N}]/u;
/** Scripts that put no blanks between words, in which two characters are about a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const CHARACTERS_PER_WORD = 2;

function countWords(text: string): number {
  const characters = text.match(UNSPACED)?.length ?? 0;
  const spaced = text.replace(UNSPACED, ' ').split(/\s+/);
  return spaced.filter((word) => LETTER.test(word)).length + characters / CHARACTERS_PER_WORD;
}

function isPlatform(word: string): boolean {
  return word.split(/[-_.]+/).every((part) => PLATFORMS.has(part) || VERSION.test(part));
}

/** `v20`, `3x`, `11`, `rc1`, and what is no word at all. */
const VERSION = /^(?:v?\d+[a-z]?\d*|x|rc\d*|[^\p{L}\p{N}]*)$/u;

const PLATFORMS: ReadonlySet<string> = new Set(
  (
    'windows win win32 win64 linux linux32 linux64 macos mac osx os darwin ios ipados ipad iphone android freebsd unix ' +
    'ubuntu debian fedora rhel centos alpine arch suse snap flatpak appimage deb rpm apk msi exe dmg wsl docker ' +
    'x64 x86 x32 ia32 i386 i686 amd64 arm arm32 arm64 armhf armv7 aarch64 riscv64 ppc64le s390x intel apple silicon m1 ' +
    'm2 bit universal chrome chromium firefox safari edge opera brave browser browsers webkit node nodejs js deno bun ' +
    'python java jdk jre php ruby go rust swift kotlin desktop mobile tablet phone web server cli client lts latest ' +
    'stable beta alpha nightly canary insiders preview pro home staging production prod dev and or on with for in the via'
  ).split(' '),
);
