/** Where the source is kept. A copy of the site with another home changes this one line. */
export const REPOSITORY = 'https://github.com/lockstep-playground/lockstep';

/** An issue with the place where one was already filled in. */
export function issueAddress(here: string): string {
  const body = `What I did:\n\nWhat I saw:\n\nWhat I expected:\n\nThe page: ${here}\n`;
  return `${REPOSITORY}/issues/new?body=${encodeURIComponent(body)}`;
}

export const PULL_REQUESTS = `${REPOSITORY}/pulls`;
export const DISCUSSIONS = `${REPOSITORY}/discussions`;
