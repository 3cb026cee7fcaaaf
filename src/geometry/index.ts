export type { Box, Point, Size } from './box.ts';
export { hueOfItem } from './hue.ts';
export { shareOf, standOf } from './motion.ts';
export { type Direction, neighbourOf, type Picked, pick } from './picking.ts';
export type * from './scene.ts';
export type { PlannedStage, StageMaker, StageOptions, StageSelection } from './stageMaker.ts';
