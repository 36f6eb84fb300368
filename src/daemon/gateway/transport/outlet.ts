import type { HeaderList } from '../header-list.js'

/** The way out of one request, as its version of HTTP has it. Once it is gone, whatever is done to it is lost. */
export interface Outlet extends Leaving {
  readonly isGone: boolean
  /** Whether its head is on its way. */
  readonly hasBegun: boolean
  begin(headers: HeaderList): void
  /** How bytes of gRPC look in the body of this answer. */
  encode(bytes: Buffer): Buffer
  /** False asks the writer to wait for room. @param onTaken is told of bytes that are no longer with us, until it was of all */
  write(encoded: Buffer, onTaken: (bytes: number) => void): boolean
  /** Resolves when there is room again, or nobody left to write to. */
  whenRoom(): Promise<void>
  /** The last of an answer; where nothing has begun, it is all of it. */
  end(trailers: HeaderList): void
}

/** What takes its time to leave. */
export interface Leaving {
  /** Ends it at once, and lets go of what it still had to send. @param isTooMuch the client left too much unread */
  cutOff(isTooMuch?: boolean): void
  /** Calls `listener` once the client has all of it, or will get no more. */
  onClose(listener: () => void): void
}
