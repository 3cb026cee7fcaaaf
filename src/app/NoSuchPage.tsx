import { LinkButton, Trouble } from '../ui/index.ts';
import { to } from './route.ts';

/** A link that leads nowhere says so, and shows the way on. */
export function NoSuchPage({ path }: { readonly path: string }) {
  return (
    <Trouble
      title="There is no such page."
      actions={
        <>
          <LinkButton kind="primary" href={to.front}>
            To the front door
          </LinkButton>
          <LinkButton href={to.concepts}>Concepts and patterns</LinkButton>
        </>
      }
    >
      <p>
        This link asks for <code>{path.slice(0, 120)}</code>. If someone sent it to you, it may have been cut short or
        changed on the way: ask for it again.
      </p>
    </Trouble>
  );
}
