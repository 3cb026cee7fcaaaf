import type { RoomQuestion } from '../lesson.ts';

/**
 * Ten questions for the room. Ask, let everyone write one sentence, then show. About four minutes each: take four or
 * five of them in a session, at the places that the run sheet names.
 */
export const questions: readonly RoomQuestion[] = [
  {
    n: 1,
    question: 'A worker has taken a job and is busy with it. Where is the job now? And where is it if the worker dies?',
    misconception: 'Taking a job removes it from the queue, and a failure puts it back.',
    note: 'Both halves can be wrong. In the naive distributor the job lives in the worker’s memory and nowhere else, so it dies with the worker. In a queue such as SQS the job never left: it is hidden for a while, and shows itself again when nobody deletes it. Open the naive run first, then the worker that dies. Ask which of the two their own system is.',
    presets: ['naive', 'worker-dies'],
    ask: 'after-the-naive-run',
  },
  {
    n: 2,
    question: 'Some images are missing. Who finds out first, and when?',
    misconception: 'Lost work makes a noise.',
    note: 'Usually the customer, and often weeks later. A queue that is empty looks the same whether all was done or half was lost. What is needed is a place where the end of every job is written down. Then one can check: submitted = completed + set aside + still on its way. That place is the tracker. Ask who could do this sum for a system of theirs today.',
    presets: ['naive'],
    ask: 'after-the-naive-run',
  },
  {
    n: 3,
    question: 'Which failures should never be tried again?',
    misconception: 'Another try is always worth it.',
    note: 'Let the room sort these: a file that is not an image · the store answers “busy” · no right to read the file · the customer was deleted · the connection broke · no answer came at all. The first, third and fourth will fail for ever: poison. The second and fifth pass: transient. The last is the hard one. No answer does not mean that nothing happened, so trying again may do it twice. Keep that thought for question 10.',
    presets: ['poison'],
    ask: 'after-the-naive-run',
  },
  {
    n: 4,
    question:
      'Five attempts, one right after the other. Or five attempts, spread over fifteen seconds. Is it the same?',
    misconception: 'What matters is how many attempts there are.',
    note: 'What matters is that the attempts outlast the outage. The two scenarios differ in their delays alone: same jobs, same outage, same number of attempts. Without delays the attempts are used up while the store is still down. Point at the store’s meter as well: the attempts that could not help still hit it.',
    presets: ['retry-at-once', 'exponential'],
    ask: 'after-the-retries',
  },
  {
    n: 5,
    question: 'Why have a limit at all? Why not simply try for ever?',
    misconception: 'Persistence is safe.',
    note: 'A job that can never succeed takes a worker’s time again and again. Where order is kept, it stops everyone behind it. And retries multiply: if each of three layers makes four attempts, one click becomes up to 64 calls at the bottom (Google’s SRE workbook has this sum). Ask where else a retry hides in their stack: the SDK, the gateway, the queue, the scheduler, the person who presses reload.',
    presets: ['poison'],
    ask: 'after-the-retries',
  },
  {
    n: 6,
    question: 'You have worked out good delays. Why would random delays be better than well-chosen ones?',
    misconception: 'Jitter is decoration: a few percent, so that it looks natural.',
    note: 'Those who failed together wait equally long and come back together. However well the delay is chosen, it is the same for all of them. Full jitter draws anywhere between nothing and the bound, which turns a wave into rain. Show the herd, then its twin, with the same seed. A side effect: the mean wait is about half, so the attempts are used up sooner. Allow one or two more.',
    presets: ['herd', 'herd-with-jitter'],
    ask: 'after-the-retries',
  },
  {
    n: 7,
    question: 'The receive limit is three. Does a job go to the dead letters after three failures?',
    misconception: 'The queue counts failures.',
    note: 'The queue cannot see failures. It counts how often it handed the job out. A crash, a slow worker, an error and, in SQS, a person who looks at the message in the console all count the same. And the job is moved in place of the fourth delivery, so not before the third hiding time has ended. Ask what happens to a healthy job whose worker is restarted three times by a deployment.',
    presets: ['dead-letters', 'poison'],
    ask: 'after-the-retries',
  },
  {
    n: 8,
    question: 'Monday morning: four hundred dead letters. What do you do first?',
    misconception: 'Sending them back is the repair.',
    note: 'Read the reasons, group them, mend the cause, send a few back, watch, then send the rest at a rate that the store can bear. In the scenario the first redrive comes straight back, since nothing was mended. A redriven item is a new item with a new enqueue time: its age and its place are gone, and an old order may meet a newer one. Then ask who gets the alarm when the tray is no longer empty.',
    presets: ['dead-letters'],
    ask: 'at-the-end',
  },
  {
    n: 9,
    question: 'How long should the queue hide a job that someone has taken?',
    misconception: 'As long as the longest job ever seen; or very long, to be safe.',
    note: 'Too short: work is done twice while the first worker is still at it. Too long: the job of a dead worker waits all that time. A fixed number is always a compromise. A heartbeat gets out of it: a short time, renewed while the work goes on. Renewing replaces the time that is left; it is not put on top. Show the short time, then the heartbeat with its crash.',
    presets: ['visibility-too-short', 'heartbeat-extends'],
    ask: 'at-the-end',
  },
  {
    n: 10,
    question: 'The queue removes duplicates. Are we now safe from doing a job twice?',
    misconception: 'Deduplication at the queue makes the consumer idempotent.',
    note: 'It drops a second send within a window of time. It does nothing about a second delivery. Taking effect and deleting the job are two steps, and a crash fits between them. What helps is a key by which the receiver of the effect knows the job again. Ask for that key: for resizing an image, charging a card, sending a mail. The last has no perfect answer: the mailbox does not compare keys, so one chooses between perhaps none and perhaps two.',
    presets: ['visibility-too-short', 'idempotent'],
    ask: 'at-the-end',
  },
];
