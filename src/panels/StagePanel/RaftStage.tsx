import { raftMaker } from '../../geometry/raftMaker.ts';
import { StagePanel, type StageProps } from './StagePanel.tsx';

/** The stage of a cluster. */
export default function RaftStage(props: StageProps) {
  return <StagePanel {...props} maker={raftMaker} />;
}
