// `convlens/exercises`: what the notebooks of the course use besides convlens itself.
export { check } from './check';
export { examplesFor, type Examples } from './examplesFor';
export type { ExerciseName } from './course';
export type { Given } from './exercise';
export { type Outcome, Verdict } from './verdict';
