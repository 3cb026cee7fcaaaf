import { type ReactNode, useId, useMemo, useReducer, useRef, useState } from 'react';
import type { Session } from '../../playback/session.ts';
import { type LinkClass, type LinkView, linkClass } from '../../scenarios/linkForm.ts';
import { spoken } from '../../scenarios/names.ts';
import {
  Button,
  Dialog,
  DownloadIcon,
  IconButton,
  LinkIcon,
  lazyPart,
  ShareIcon,
  StatusLine,
  Switch,
  TrashIcon,
  Trouble,
} from '../../ui/index.ts';
import { linkOf, wholeAddress } from '../address.ts';
import { type Draft, forgetDraft, keepDraft, newDraftKey, readDrafts } from '../drafts.ts';
import { packing } from '../packing.ts';
import { OpenFile } from './OpenFile.tsx';
import styles from './ShareDialog.module.css';

const QrCode = lazyPart('the QR code', () => import('../../ui/QrCode.tsx'));

const METER: { readonly [is in LinkClass]: { readonly words: string; readonly place: number } } = {
  qr: { words: 'Short: fits a QR code that a room can read.', place: 1 },
  chat: { words: 'Safe for chat and mail. As a QR code it is dense: come close.', place: 2 },
  long: { words: 'Long: some chat programs will cut it. A file is safer.', place: 3 },
  file: { words: 'Too long for most programs. Download the file instead.', place: 4 },
};

type ShareProps = {
  readonly session: Session;
  readonly start: 'link' | 'qr';
  readonly view: LinkView;
  readonly panel: string | undefined;
  readonly onClose: () => void;
};

/** The run as a link, a QR code or a file; and what was kept on this device. */
export default function ShareDialog(props: ShareProps) {
  const [, lookAgain] = useReducer((count: number) => count + 1, 0);
  return packing.here() === undefined ? <packing.Waiting onHere={lookAgain} /> : <ShareSheet {...props} />;
}

function ShareSheet({ session, start, view, panel, onClose }: ShareProps) {
  const id = useId();
  const { world, scenario, viewMicros, selection } = session.getState();
  const [withMoment, setWithMoment] = useState(false);
  const [withSelection, setWithSelection] = useState(false);
  const [withPanel, setWithPanel] = useState(false);
  const [forProjector, setForProjector] = useState(view.theme === 'projector');
  const [said, say] = useState('');
  const [drafts, setDrafts] = useState(readDrafts);
  const field = useRef<HTMLTextAreaElement>(null);

  const link = useMemo(
    () =>
      linkOf(scenario, {
        ...(withMoment && { viewMs: Math.round(viewMicros) / 1000 }),
        ...(withSelection && selection && { selection }),
        ...(withPanel && panel && { panel }),
        ...(forProjector && { theme: 'projector' as const }),
      }),
    [scenario, viewMicros, selection, panel, withMoment, withSelection, withPanel, forProjector],
  );
  if (link === undefined)
    return (
      <Dialog title="Share" onClose={onClose}>
        <Trouble title="This run can't be written as a link." />
      </Dialog>
    );
  const address = wholeAddress(link);
  const kind = linkClass(address.length);

  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied.`);
    } catch {
      // Plain http and old browsers have no clipboard: the field is selected, so that the keyboard can copy it.
      field.current?.select();
      say('Press Ctrl or ⌘ and C: the link is selected.');
    }
  };
  const download = () => {
    const blob = new Blob([`${JSON.stringify(scenario, null, 2)}\n`], { type: 'application/json' });
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(blob);
    anchor.download = `${scenario.preset ?? 'scenario'}-seed-${scenario.seed}.json`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
    say('The file is on its way to your downloads.');
  };
  const keep = () => {
    const kept = keepDraft({ key: newDraftKey(), title: scenario.title, link, savedAtMs: Date.now() });
    setDrafts(readDrafts());
    say(
      kept
        ? 'A copy is kept on this device.'
        : 'This browser keeps nothing (a private window?). Download the file instead.',
    );
  };

  return (
    <Dialog
      title={start === 'qr' ? 'Scan to open this scenario' : 'Share'}
      size={start === 'qr' ? 'full' : 'normal'}
      onClose={onClose}
    >
      <div className={start === 'qr' ? styles.large : styles.parts}>
        {start === 'qr' && <Code address={address} kind={kind} label={`QR code of the link to ${scenario.title}`} />}
        <section className={styles.part}>
          <label className={styles.label} htmlFor={id}>
            The link replays exactly this run{scenario.script.length > 0 ? ', with all that was done' : ''}.
          </label>
          <textarea
            id={id}
            ref={field}
            className={styles.link}
            readOnly
            rows={address.length > 160 ? 4 : 2}
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Meter kind={kind} characters={address.length} />
          <div className={styles.buttons}>
            <Button kind="primary" icon={<LinkIcon />} onClick={() => copy(address, 'Link')}>
              Copy link
            </Button>
            <Button onClick={() => copy(`[${scenario.title}](${address})`, 'Link with its title')}>As Markdown</Button>
            {typeof navigator.share === 'function' && (
              <Button
                icon={<ShareIcon />}
                onClick={() => navigator.share({ title: scenario.title, url: address }).catch(() => {})}
              >
                Send …
              </Button>
            )}
          </div>
          <StatusLine>{said}</StatusLine>
        </section>
        <fieldset className={styles.part}>
          <legend className={styles.label}>It may carry what you look at, too</legend>
          <Switch
            label={`The moment: ${(viewMicros / 1e6).toFixed(1)} s`}
            checked={withMoment}
            onChange={setWithMoment}
          />
          <Switch
            label={
              selection === undefined
                ? 'What is selected (nothing is)'
                : `What is selected: ${selection.kind === 'item' ? `image ${selection.id}` : spoken(world, selection.id)}`
            }
            disabled={selection === undefined}
            checked={withSelection}
            onChange={setWithSelection}
          />
          <Switch label="The open panel" checked={withPanel} onChange={setWithPanel} />
          <Switch label="The look for a projector" checked={forProjector} onChange={setForProjector} />
        </fieldset>
        {start === 'link' && (
          <details className={styles.part}>
            <summary className={styles.label}>QR code</summary>
            <Code address={address} kind={kind} label={`QR code of the link to ${scenario.title}`} />
          </details>
        )}
        <section className={styles.part}>
          <h3 className={styles.label}>As a file</h3>
          <div className={styles.buttons}>
            <OpenFile
              unharmed="The run that you have open is as it was."
              onOpened={onClose}
              onTooLong={(scenario) => session.getState().open(scenario)}
              beside={
                <Button icon={<DownloadIcon />} onClick={download}>
                  Download scenario (.json)
                </Button>
              }
            />
          </div>
        </section>
        <Kept
          drafts={drafts}
          onKeep={keep}
          onOpen={onClose}
          onForget={(key) => {
            forgetDraft(key);
            setDrafts(readDrafts());
          }}
        />
      </div>
    </Dialog>
  );
}

function Code({
  address,
  kind,
  label,
}: {
  readonly address: string;
  readonly kind: LinkClass;
  readonly label: string;
}): ReactNode {
  if (kind === 'long' || kind === 'file') return <p>The link is too long for a QR code. Send the file instead.</p>;
  return (
    <div className={styles.code}>
      <QrCode text={address} label={label} />
    </div>
  );
}

function Meter({ kind, characters }: { readonly kind: LinkClass; readonly characters: number }) {
  const { words, place } = METER[kind];
  return (
    <p className={styles.meter} data-kind={kind}>
      <span className={styles.steps} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-on={step <= place || undefined} />
        ))}
      </span>
      {`${characters} characters. ${words}`}
    </p>
  );
}

function Kept({
  drafts,
  onKeep,
  onOpen,
  onForget,
}: {
  readonly drafts: readonly Draft[];
  readonly onKeep: () => void;
  readonly onOpen: () => void;
  readonly onForget: (key: string) => void;
}) {
  return (
    <section className={styles.part}>
      <h3 className={styles.label}>Kept on this device</h3>
      <div className={styles.buttons}>
        <Button onClick={onKeep}>Keep a copy</Button>
      </div>
      {drafts.length > 0 && (
        <ul className={styles.drafts}>
          {drafts.map((draft) => (
            <li key={draft.key}>
              <a href={draft.link} onClick={onOpen}>
                {draft.title}
              </a>
              <span className={styles.when}>{new Date(draft.savedAtMs).toLocaleString()}</span>
              <IconButton
                size="small"
                label={`Forget ${draft.title}`}
                icon={<TrashIcon />}
                onClick={() => onForget(draft.key)}
              />
            </li>
          ))}
        </ul>
      )}
      <p className={styles.about}>
        What you change is kept here by itself, the last twenty. Browsers may clear it after some days without a visit:
        a link or a file lasts.
      </p>
    </section>
  );
}
