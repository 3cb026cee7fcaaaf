import { useFrame, useSession } from '../panels/useSession.ts';

/** A stand-in for the stage. */
export function Stage() {
  const frame = useFrame();
  const title = useSession((state) => state.world.title);
  return (
    <ul aria-label={title}>
      {frame.view.addresses().map((address) => (
        <li key={address}>{`${address}: ${frame.view.process(address)?.state}`}</li>
      ))}
    </ul>
  );
}
