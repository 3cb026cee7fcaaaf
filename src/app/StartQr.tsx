import { useState } from 'react';
import { Button, Dialog, LinkIcon, lazyPart, StatusLine } from '../ui/index.ts';
import styles from './StartQr.module.css';

const QrCode = lazyPart('the QR code', () => import('../ui/QrCode.tsx'));

/** The address of the front door, to be read by twenty phones at once. */
export function StartQr({ onClose }: { readonly onClose: () => void }) {
  const address = `${location.origin === 'null' ? 'file://' : location.origin}${location.pathname}#/`;
  const local = ['localhost', '127.0.0.1', '[::1]', ''].includes(location.hostname);
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setSaid('Address copied.');
    } catch {
      setSaid('This browser does not let a page copy. Select the address above instead.');
    }
  };
  return (
    <Dialog title="Everyone, here" size="small" onClose={onClose}>
      <div className={styles.sheet}>
        <QrCode text={address} label={`QR code of ${address}`} />
        <p className={styles.address}>{address}</p>
        <p className={styles.hint}>
          {local
            ? 'This address is for this machine alone. Put the site on a web host, or serve it in the room’s network, and open it from there before you show the code.'
            : 'If you lead a workshop: put this on the projector and let people scan it. A scenario’s own code is under Share, in the playground.'}
        </p>
        <Button icon={<LinkIcon />} onClick={() => void copy()}>
          Copy the address
        </Button>
        <StatusLine>{said}</StatusLine>
      </div>
    </Dialog>
  );
}
