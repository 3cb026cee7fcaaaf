// Finds a Chromium for the tests, or installs one by the platform's means. Never pretends: without one it throws a sentence.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';

const AS_ROOT = process.getuid?.() === 0;

/**
 * Keeps Chromium from talking to anyone but the page under test.
 * As root its sandbox cannot start, so it is switched off there and only there.
 */
export const BROWSER_ARGS = [
  ...(AS_ROOT ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** @returns {string[]} where the platform's browsers usually are, best first */
function usualPlaces() {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const programs = [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return programs.flatMap((program) => roots.flatMap((root) => (root ? [join(root, program)] : [])));
  }
  const applications = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
  const inMac = applications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  return [...NAMES.flatMap((name) => onPath.map((folder) => join(folder, name))), ...inMac, '/snap/bin/chromium'];
}

/**
 * The path of a Chromium that is already here: `CHROMIUM_PATH`, Playwright's own, or the system's.
 * @returns {string | undefined}
 */
export function locateBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
    return named;
  }
  return [chromium.executablePath(), ...usualPlaces()].find((path) => path && existsSync(path));
}

/** @type {(command: string, ...args: string[]) => boolean} */
function run(command, ...args) {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

function install() {
  if (AS_ROOT && existsSync('/etc/debian_version')) {
    console.log('No Chromium found. Installing it with apt-get.');
    return run('apt-get', 'update', '-q') && run('apt-get', 'install', '-y', '-q', 'chromium');
  }
  console.log('No Chromium found. Installing it with Playwright.');
  return run('npx', 'playwright', 'install', 'chromium');
}

/**
 * A Chromium and how to start it; installs one where there is none.
 * @returns {{ executablePath: string, args: string[] }}
 * @throws a sentence that says what to do, if there is no browser and none can be installed
 */
export function findBrowser() {
  if (!locateBrowser()) install();
  const executablePath = locateBrowser();
  if (!executablePath) {
    throw new Error(
      'The browser tests need Chromium, and it could not be installed: install Chromium or Chrome yourself, or set CHROMIUM_PATH to it.',
    );
  }
  return { executablePath, args: BROWSER_ARGS };
}
