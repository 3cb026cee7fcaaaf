import { type CloudFact, cloudFacts, cloudTable } from '../../lessons/reference/cloud.ts';
import { cx } from '../../ui/index.ts';
import styles from './CloudPage.module.css';
import page from './page.module.css';

const SERVICES: readonly CloudFact['service'][] = ['Amazon SQS', 'Azure Service Bus', 'Google Pub/Sub'];
const topics = [...new Set(cloudFacts.map((fact) => fact.topic))];
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Which services are which, at three vendors; and what their queues promise, by their own documents. */
export default function CloudPage() {
  return (
    <article className={page.page}>
      <header>
        <h1 className={page.title}>In the cloud</h1>
        <p className={page.lead}>
          What you play with here has relatives at every vendor. Each row says where the parallel ends: that is where
          surprises come from.
        </p>
      </header>
      <section aria-label="Services by vendor">
        <table className={cx(page.table, page.compact)}>
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">AWS</th>
              <th scope="col">Azure</th>
              <th scope="col">Google</th>
              <th scope="col">Where the parallel ends</th>
            </tr>
          </thead>
          <tbody>
            {cloudTable.map((row) => (
              <tr key={row.area}>
                <th scope="row" className={styles.area}>
                  {row.area}
                  {row.preset && (
                    <a className={styles.see} href={`#/play?s=${row.preset}`} aria-label={`See it run: ${row.area}`}>
                      See it run
                    </a>
                  )}
                </th>
                <Services head="AWS" names={row.aws} />
                <Services head="Azure" names={row.azure} />
                <Services head="Google" names={row.google} />
                <td className={cx(page.soft, styles.ends)}>{row.ends}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="queues">
        <h2 id="queues" className={page.heading}>
          Three queues, by their own documents
        </h2>
        <table className={cx(page.table, page.even)}>
          <thead>
            <tr>
              <th scope="col">What</th>
              {SERVICES.map((service) => (
                <th key={service} scope="col">
                  {service}
                  <a
                    className={styles.see}
                    href={`#/play?s=${presetOf(service)}`}
                    aria-label={`See the defaults of ${service} run`}
                  >
                    See its defaults run
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {topics.map((topic) => (
              <tr key={topic}>
                <th scope="row" className={styles.area}>
                  {capital(topic)}
                </th>
                {SERVICES.map((service) => {
                  const facts = cloudFacts.filter((fact) => fact.topic === topic && fact.service === service);
                  return (
                    <td key={service} data-head={facts.length > 0 ? service : undefined}>
                      {facts.map((fact) => (
                        <div key={fact.fact}>
                          <p>{fact.fact}</p>
                          <p className={styles.source}>{fact.source}</p>
                        </div>
                      ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </article>
  );
}

const presetOf = (service: CloudFact['service']) => cloudFacts.find((fact) => fact.service === service)?.preset ?? '';

function Services({ head, names }: { readonly head: string; readonly names: readonly string[] }) {
  return (
    <td data-head={head}>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </td>
  );
}
