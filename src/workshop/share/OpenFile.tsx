import { type ReactNode, useRef, useState } from 'react';
import type { Scenario } from '../../scenarios/types.ts';
import { Button, OpenIcon, Trouble } from '../../ui/index.ts';
import { readableLinkOf } from '../address.ts';
import { sentenceOf } from '../sentenceOf.ts';
import { checkText } from './file.ts';

/**
 * The button that opens a scenario's file. A good one goes to its own address, or to `onTooLong` where no link could
 * carry it; a bad one says what is wrong with it, and all else stays as it is.
 */
export function OpenFile({
  beside,
  unharmed,
  onOpened,
  onTooLong,
}: {
  /** What stands before the button in its row. */
  readonly beside?: ReactNode;
  /** What is as it was, where the file is a bad one. */
  readonly unharmed: string;
  readonly onOpened?: () => void;
  readonly onTooLong?: (scenario: Scenario) => void;
}) {
  const file = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState<string>();
  const open = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const checked = await checkText(chosen);
    if (!checked.ok) {
      setTrouble(checked.problem.sentence);
      return;
    }
    const link = readableLinkOf(checked.value);
    if (link === undefined && onTooLong === undefined) {
      setTrouble(`the file ${chosen.name} is too long for a link: open it from “Share” beside any scenario`);
      return;
    }
    onOpened?.();
    if (link !== undefined) location.hash = link;
    else onTooLong?.(checked.value);
  };
  return (
    <>
      {beside}
      <Button icon={<OpenIcon />} onClick={() => file.current?.click()}>
        Open a file …
      </Button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        aria-label="Scenario file"
        hidden
        onChange={(event) => {
          open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {trouble && (
        // Below the fold of a small window it would go unseen.
        <div
          key={trouble}
          style={{ flexBasis: '100%' }}
          ref={(element) => element?.scrollIntoView?.({ block: 'nearest' })}
        >
          <Trouble title={sentenceOf(trouble)}>
            <p>{unharmed}</p>
          </Trouble>
        </div>
      )}
    </>
  );
}
