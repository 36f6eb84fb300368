/**
 * Every bound on what can be asked of the control daemon and what members of a group can make it keep, in one place.
 */
export interface Bounds {
  readonly min: number
  readonly max: number
}

const DAY_SECONDS = 86_400

/** Bounds of numbers in a request or a plan. */
export const BOUNDS = {
  /** Bytes of a medium, the largest thing that is sent; a text has the smaller bounds below. */
  size: { min: 1, max: 10_000_000 },
  amount: { min: 0, max: 1_000_000_000 },
  intervalSeconds: { min: 0, max: DAY_SECONDS },
  durationUs: { min: 0, max: DAY_SECONDS * 1_000_000 },
  /** Messages by second. */
  rate: { min: 0, max: 1_000 },
  /** Also bounds the longest drain. */
  drainMs: { min: 0, max: 3_600_000 },
  tries: { min: 0, max: 1_000 },
  timeoutSeconds: { min: 0, max: DAY_SECONDS },
  odds: { min: 0, max: 1_000_000 },
  runsListed: { min: 0, max: 100_000 },
  clockUs: { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
} as const satisfies Record<string, Bounds>

/** Longest name of a group or a test, and longest seed. */
export const MAX_NAME_CHARACTERS = 200
/**
 * Longest id of a run, and longest key of a test once it is percent-encoded: the header of a message then always fits.
 */
export const MAX_KEY_CHARACTERS = 64
/** Longest header of a test's message. */
export const MAX_HEADER_CHARACTERS = 160
export const MAX_WAITED_FOR = 10_000

/** A longer text never arrives, and blocks what its sender sends after it (berty 3.7). */
export const MAX_TEXT = 3_000_000
/** A longer text waits for a later, smaller message of its sender. */
export const MAX_PROMPT_TEXT = 580_000
/** A medium whose noise goes as text: Base64 makes four characters of three bytes. */
export const MAX_MEDIUM_AS_TEXT = 2_200_000

/** The most that are kept of each; more are refused until a reset. */
export const MAX_RUNS = 10_000
export const MAX_TESTS = 10_000
export const MAX_OUTAGES = 10_000
/** The most hosts whose clocks are kept with a run. */
export const MAX_HOSTS_OF_RUN = 10_000

/**
 * Runs that have a number because something was received of them: so many in all, and for each device that was first to
 * name them. Of further ones each message keeps the name itself, so that no sender fills the memory, and none is lost.
 */
export const MAX_NUMBERED_RUNS = 10_000
export const MAX_NUMBERED_RUNS_OF_DEVICE = 1_000
/** Acknowledgements of one device that wait for the answer to a send under way; nobody's drive out another's. */
export const MAX_EARLY_ACKS_OF_DEVICE = 1_024
/** Longer bodies of messages that no test sent are cut. */
export const MAX_BODY_BYTES = 64 * 1024

/** Used when the plan names no drain: a busy Berty is tens of seconds late (berty 3.7). */
export const DEFAULT_DRAIN_MS = 30_000
export const DEFAULT_DRAIN_MAX_MS = 300_000

/** The most sends of one test that may be under way in the open model; later arrivals wait, and are sent late. */
export const MAX_IN_FLIGHT = 64
/** A busy Berty takes a second; a send that takes longer than this has an outcome that nobody knows (berty 3.7). */
export const SEND_TIMEOUT_MS = 20_000
/** Sends under way when their test is stopped may have so long for their outcome: a loaded Berty takes seconds. */
export const LAST_ANSWERS_MS = 3_000
/** Acknowledgements that are remembered while a group's list is looked through for sends of unknown outcome. */
export const MAX_ACKS_OF_LOOK = 200_000
