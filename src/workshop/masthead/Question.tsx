import { useId, useMemo, useState } from 'react';
import { microsOfMs } from '../../kernel/time.ts';
import { useSession } from '../../panels/useSession.ts';
import type { Answer, Scenario } from '../../scenarios/types.ts';
import { Button, CheckIcon, CrossIcon, cx } from '../../ui/index.ts';
import { keepBet, readBet } from '../bets.ts';
import { isChangedFromLibrary } from '../changed.ts';
import { isOutcomeKnown } from '../outcome.ts';
import styles from './Question.module.css';

/** The scenario's question, with answers to bet on before anything moves. The run reveals which one holds. */
export function Question() {
  const opened = useSession((state) => state.opened);
  // A twin or another scenario is another question, with a bet of its own.
  return opened.question === undefined ? null : <Asked key={opened.preset ?? opened.question} scenario={opened} />;
}

function Asked({ scenario }: { readonly scenario: Scenario }) {
  const { question, answers = [] } = scenario;
  const name = scenario.preset ?? 'scenario';
  const id = useId();
  const [bet, setBet] = useState(() => readBet(name));
  const [isRevealed, reveal] = useState(false);
  const [isFolded, fold] = useState(false);
  const isKnown = useSession((state) =>
    isOutcomeKnown(scenario, {
      frontierMicros: state.frontierMicros,
      untilMicros: state.untilMicros,
      promises: state.frontier.promises,
    }),
  );
  const edited = useSession((state) => state.edited);
  const [wasChanged, setChanged] = useState(false);
  const hasBegun = useSession((state) => state.playing || state.viewMicros > microsOfMs(scenario.opensAtMs ?? 0));
  const isLastChance = useSession(
    (state) =>
      !state.playing &&
      state.viewMicros === state.frontierMicros &&
      (scenario.pauseAtMs ?? []).some((atMs) => microsOfMs(atMs) === state.viewMicros),
  );
  const isChanged = useMemo(() => edited || isChangedFromLibrary(scenario), [edited, scenario]);
  if (isKnown && !isRevealed) {
    reveal(true);
    // What is changed after the run has shown it takes nothing back.
    setChanged(isChanged);
  }
  const shown = isRevealed || isKnown;
  const choose = (answer: number) => {
    setBet(answer);
    keepBet(name, answer);
  };

  if (isFolded)
    return (
      <section className={cx(styles.question, styles.folded)} aria-label="The question">
        <p className={styles.asked}>{question}</p>
        <Button kind="plain" size="small" onClick={() => fold(false)}>
          Show the answers
        </Button>
      </section>
    );
  return (
    <section className={styles.question} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.asked}>
          {question}
        </h2>
        {hasBegun && (
          <Button kind="plain" size="small" onClick={() => fold(true)}>
            Fold
          </Button>
        )}
      </div>
      <fieldset className={styles.answers}>
        <legend className={styles.hidden}>Bet on an answer</legend>
        {answers.map((answer, place) => (
          <label
            key={answer.text}
            className={cx(
              styles.answer,
              bet === place && styles.chosen,
              shown && answer.right && styles.right,
              shown && !answer.right && styles.wrong,
            )}
          >
            <input
              type="radio"
              name={`${id}-bet`}
              checked={bet === place}
              disabled={shown}
              onChange={() => choose(place)}
            />
            <span className={styles.text}>
              {answer.text}
              {shown && answer.right && <CheckIcon size={16} />}
              {shown && !answer.right && bet === place && <CrossIcon size={14} />}
            </span>
          </label>
        ))}
        <Hint bet={bet} answers={answers} shown={shown} isLastChance={isLastChance} hasBegun={hasBegun} />
      </fieldset>
      {shown && (
        <p className={styles.because} role="status">
          {wasChanged &&
            'This run was changed, so it may have ended otherwise. As the scenario stands in the library: '}
          {answers.find((answer) => answer.right)?.because}
        </p>
      )}
    </section>
  );
}

function Hint({
  bet,
  answers,
  shown,
  isLastChance,
  hasBegun,
}: {
  readonly bet: number | undefined;
  readonly answers: readonly Answer[];
  readonly shown: boolean;
  readonly isLastChance: boolean;
  readonly hasBegun: boolean;
}) {
  if (shown) {
    if (bet === undefined) return <span className={styles.hint}>The run has shown it.</span>;
    return (
      <strong className={styles.hint}>{answers[bet]?.right ? 'Your bet was right.' : 'Not what you bet on.'}</strong>
    );
  }
  if (isLastChance)
    return (
      <strong className={cx(styles.hint, styles.last)} role="status">
        {bet === undefined ? 'Last chance to bet.' : 'Last chance to change your bet.'}
      </strong>
    );
  if (bet !== undefined)
    return <span className={styles.hint}>{hasBegun ? 'Your bet stands.' : 'Now press Play.'}</span>;
  return <span className={styles.hint}>{hasBegun ? 'You can still bet.' : 'Bet first, then press Play.'}</span>;
}
