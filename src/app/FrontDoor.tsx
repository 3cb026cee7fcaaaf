import { useState } from 'react';
import { workshops } from '../lessons/reference/workshops.ts';
import { workQueueLibrary } from '../scenarios/library/workQueue/index.ts';
import { Button, ChevronRightIcon, LinkButton, PlayIcon, QrIcon } from '../ui/index.ts';
import styles from './FrontDoor.module.css';
import { MiniStage } from './MiniStage.tsx';
import { MoreQuestions, moreLibraries } from './MoreQuestions.tsx';
import { Questions } from './Questions.tsx';
import { to } from './route.ts';
import { StartQr } from './StartQr.tsx';

const PAGES = [
  {
    href: to.concepts,
    title: 'Concepts and patterns',
    about: 'Each word explained: when to use the thing, when not to, and what it costs.',
  },
  {
    href: to.cloud,
    title: 'In the cloud',
    about: 'The same ideas at AWS, Azure and Google, and where each parallel ends.',
  },
  {
    href: to.limits,
    title: 'What this does not model',
    about: 'The honest list: what is left out here, and what changes in a real service.',
  },
  { href: to.reading, title: 'Further reading', about: 'Books, papers and pages to go on with.' },
] as const;

/** The first page: what this is, for whom, and the one thing to press. */
export default function FrontDoor() {
  const [showsQr, setShowsQr] = useState(false);
  return (
    <div className={styles.door}>
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.sentence}>Watch work get lost. Then find out why.</h1>
          <p className={styles.lead}>
            Lockstep is a playground for distributed work: jobs flow from queue to worker, you break something, rewind
            the run, and send the link.
          </p>
          <div className={styles.start}>
            <LinkButton kind="primary" size="large" icon={<PlayIcon size={20} />} href={to.play('naive')}>
              Start: watch jobs get lost
            </LinkButton>
            <Button kind="plain" size="large" icon={<QrIcon size={20} />} onClick={() => setShowsQr(true)}>
              QR code
            </Button>
          </div>
        </div>
        <MiniStage />
      </section>

      <section className={styles.whom} aria-label="For whom">
        <p>
          <strong>Backend developers</strong> see what happens to a job after it was put into the queue.
        </p>
        <p>
          <strong>DevOps engineers and architects</strong> try time-outs, retries and limits on something that may
          break.
        </p>
        <p>
          <strong>The curious</strong> need to know nothing about distributed systems: every word is explained where it
          first appears.
        </p>
      </section>

      <section aria-labelledby="workshops">
        <h2 id="workshops" className={styles.heading}>
          Four workshops
        </h2>
        <ol className={styles.workshops}>
          {workshops.map((workshop) => {
            const inside = (
              <>
                <span className={styles.number}>{workshop.number}</span>
                <h3 className={styles.cardTitle}>{workshop.title}</h3>
                <p className={styles.about}>{workshop.about}</p>
                <p className={styles.state}>
                  {workshop.lesson ? (
                    <>
                      Open <ChevronRightIcon size={14} />
                    </>
                  ) : (
                    'In the making'
                  )}
                </p>
              </>
            );
            return (
              <li key={workshop.number}>
                {workshop.lesson ? (
                  <a className={styles.card} href={to.lesson(workshop.lesson)}>
                    {inside}
                  </a>
                ) : (
                  <div className={styles.card}>{inside}</div>
                )}
              </li>
            );
          })}
        </ol>
      </section>

      <section aria-labelledby="questions">
        <h2 id="questions" className={styles.heading}>
          What would you like to know?
        </h2>
        <Questions library={workQueueLibrary} />
        {moreLibraries.map((more) => (
          <MoreQuestions key={more.world} {...more} />
        ))}
      </section>

      <section aria-labelledby="pages">
        <h2 id="pages" className={styles.heading}>
          To read beside it
        </h2>
        <ul className={styles.pages}>
          {PAGES.map((page) => (
            <li key={page.href}>
              <a href={page.href}>{page.title}</a>
              <p className={styles.about}>{page.about}</p>
            </li>
          ))}
        </ul>
      </section>
      {showsQr && <StartQr onClose={() => setShowsQr(false)} />}
    </div>
  );
}
