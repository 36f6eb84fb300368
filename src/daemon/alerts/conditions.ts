/** Something that somebody should see to, as it is now. */
export interface Condition {
  readonly message: string
  readonly details: string
  readonly level: 'ERROR' | 'WARN'
  /** What it is about one by one, such as channels: more of them are news. */
  readonly about?: readonly string[]
  /** Nobody else has it in the log. */
  readonly isOwn?: boolean
}

/** What was seen at one look, by what it concerns; undefined where all is well. What could not be seen is left out. */
export type Look = ReadonlyMap<string, Condition | undefined>

/** What was told of a condition. */
interface Told {
  readonly message: string
  readonly isRaised: boolean
  /** When it was raised last, in milliseconds since 1970. */
  readonly at: number
  readonly about?: readonly string[]
  readonly isOwn?: boolean
}

/** What is remembered from look to look, and over a restart. */
export type Memory = Readonly<Record<string, Told>>

/** How often in a row a condition was seen (above 0) or not seen (below), since the start. */
export type Streaks = Map<string, number>

export interface Telling {
  readonly message: string
  readonly details: string
  readonly level: 'ERROR' | 'WARN' | 'INFO'
  readonly isOwn: boolean
}

export interface Patience {
  /** What is seen so often in a row is told, and what is not seen so often is over. */
  readonly looks: number
  /** A condition is raised at most once within this time, however often it comes and goes. */
  readonly gapMs: number
}

/** More than are listed in one alert. */
const MAX_ABOUT = 1_000

/** What is to be told now, and what is to be remembered: each condition once, and once that it is over. */
export function judge(
  look: Look,
  { memory, streaks, now }: { readonly memory: Memory; readonly streaks: Streaks; readonly now: number },
  { looks, gapMs }: Patience,
): { readonly tellings: readonly Telling[]; readonly memory: Memory } {
  const next: Record<string, Told> = { ...memory }
  const tellings: Telling[] = []
  for (const [key, condition] of look) {
    const streak = nextStreak(streaks.get(key) ?? 0, condition !== undefined)
    streaks.set(key, streak)
    if (Math.abs(streak) < looks) continue
    const told = memory[key]
    if (condition && isNews(condition, told) && now - (told?.at ?? -Infinity) >= gapMs) {
      tellings.push({ ...condition, isOwn: condition.isOwn ?? false })
      next[key] = toldOf(condition, now)
    } else if (!condition && told?.isRaised) {
      tellings.push(recoveryOf(told, now))
      next[key] = { ...told, isRaised: false }
    }
  }
  return { tellings, memory: tellings.length > 0 ? next : memory }
}

const nextStreak = (streak: number, isSeen: boolean): number =>
  isSeen ? Math.max(0, streak) + 1 : Math.min(0, streak) - 1

function isNews({ about = [] }: Condition, told: Told | undefined): boolean {
  if (!told?.isRaised) return true
  const known = new Set(told.about)
  return about.slice(0, MAX_ABOUT).some((one) => !known.has(one))
}

const toldOf = ({ message, about, isOwn }: Condition, at: number): Told => ({
  message,
  isRaised: true,
  at,
  ...(about && { about: about.slice(0, MAX_ABOUT) }),
  ...(isOwn && { isOwn }),
})

const recoveryOf = ({ message, at, isOwn = false }: Told, now: number): Telling => ({
  message: `Over: ${message}`,
  details: `It lasted ${durationText(now - at)} since it was told.`,
  level: 'INFO',
  isOwn,
})

function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}
