/** The room where a scenario runs. A stand-in until the room is built. */
export default function Playground({ query }: { readonly query: URLSearchParams }) {
  return <h1>{`The playground: ${query.get('s') ?? 'no scenario'}`}</h1>;
}
