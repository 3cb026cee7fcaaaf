export { ItemStory } from './ItemStory.tsx';
