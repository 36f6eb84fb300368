import { Command, Errors } from '@oclif/core'
import { showError, showWarning } from './complaints.js'
import { reportOf } from './failure.js'
import { jsonLine } from './error-text.js'
import { outliveStdout } from './stdout.js'
import { writeError, writeOut } from './terminal.js'

/** What every command of ours shares: `--json`, and errors that say what, which and what next. */
export abstract class DaemonCommand extends Command {
  static override enableJsonFlag = true

  /**
   * True for a command that serves others: it goes on when its stdout takes no more, because nobody reads it or there is no
   * room. Any other command ends then.
   */
  static outlivesStdout = false

  protected override async init(): Promise<void> {
    await super.init()
    if ((this.constructor as typeof DaemonCommand).outlivesStdout) outliveStdout()
  }

  /**
   * Prints a failure to stderr (with `--json` as `{"error": {kind, message, hint?, details?}}`) and ends the process with
   * the code of its kind, whatever is still open.
   *
   * @throws oclif's ExitError, always: its top level turns it into the exit code
   */
  protected override async catch(thrown: Error): Promise<never> {
    if (thrown instanceof Errors.ExitError) throw thrown
    const { error, exitCode } = reportOf(thrown, this.#help())
    showError(error, { isJson: this.jsonEnabled() })
    throw new Errors.ExitError(exitCode)
  }

  /** Tells what is allowed and had better be otherwise; with `--json` as `{"warning": text, hint?}`. */
  override warn(input: Error | string): Error | string {
    showWarning(typeof input === 'string' ? { message: input } : input, { isJson: this.jsonEnabled() })
    return input
  }

  /** One line, so that a reader of lines can take it; bigints as decimal text. */
  override logJson(value: unknown): void {
    void writeOut(`${jsonLine(value)}\n`)
  }

  override log(message = ''): void {
    void this.print(message)
  }

  /** What is neither failure nor warning; programs find it in the result. */
  override logToStderr(message = ''): void {
    if (!this.jsonEnabled()) writeError(`${message}\n`)
  }

  /** As `log`, for output without end: resolves when the reader of stdout keeps up. */
  protected async print(message: string): Promise<void> {
    if (!this.jsonEnabled()) await writeOut(`${message}\n`)
  }

  #help(): string {
    const words = (this.id ?? '').split(':')
    return [this.config.bin, ...words, '--help'].filter((word) => word !== '').join(' ')
  }
}
