/** Whether someone drags the scrub bar now: announcements wait meanwhile. */
let isScrubbing = false;
let endedAtMs = Number.NEGATIVE_INFINITY;

export const scrubbing = {
  start(): void {
    isScrubbing = true;
  },
  end(): void {
    isScrubbing = false;
    endedAtMs = performance.now();
  },
  /** Also shortly after: what the last look brings is not news. */
  isOn: (): boolean => isScrubbing || performance.now() - endedAtMs < 200,
};
