import type { OpenLesson } from '../lessonOf.ts';

export default function LessonColumn({
  open,
}: {
  readonly open: OpenLesson | undefined;
  readonly notes: boolean;
  readonly onClose?: () => void;
}) {
  return <p>{open?.lesson.title}</p>;
}
