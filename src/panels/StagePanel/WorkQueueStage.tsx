import { workQueueMaker } from '../../geometry/workQueueMaker.ts';
import { StagePanel, type StageProps } from './StagePanel.tsx';

/** The stage of the work queue. */
export default function WorkQueueStage(props: StageProps) {
  return <StagePanel {...props} maker={workQueueMaker} />;
}
