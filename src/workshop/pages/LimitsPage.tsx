import { whereabouts } from '../../scenarios/library/whereabouts.ts';
import { limits } from '../../scenarios/worlds/limits.ts';
import { cx } from '../../ui/index.ts';
import page from './page.module.css';

/** What each world leaves out, honestly, and what that means for a real service. Kept beside each world. */
export default function LimitsPage() {
  return (
    <article className={page.page}>
      <header>
        <h1 className={page.title}>What this does not model</h1>
        <p className={page.lead}>
          One page simulates everything you see: the machines, the network between them, their failures. That makes a
          run repeatable. It also leaves things out, and a real service will show you those.
        </p>
      </header>
      {limits.map(({ world, notModelled }) => (
        <section key={world} aria-labelledby={`limits-${world}`}>
          <h2 id={`limits-${world}`} className={page.heading}>
            {whereabouts.find((one) => one.world === world)?.title}
          </h2>
          <table className={cx(page.table, page.halves)}>
            <thead>
              <tr>
                <th scope="col">Left out here</th>
                <th scope="col">What changes in a real service</th>
              </tr>
            </thead>
            <tbody>
              {notModelled.map((limit) => (
                <tr key={limit.what}>
                  <td>{limit.what}</td>
                  <td data-head="In a real service">{limit.real}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </article>
  );
}
