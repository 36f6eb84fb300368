/**
 * The little of the contract ABI that reading takes: calls whose arguments are single words, and answers of words and bytes
 * (Solidity's "Contract ABI Specification", "Function Selector" and "Formal Specification of the Encoding").
 */
import type { Address } from '../shared/units.js'
import { toAddress } from './address.js'
import { keccak256 } from './keccak.js'

const WORD_DIGITS = 64
const SELECTOR_DIGITS = 8

/** What is no answer of the function that was asked. */
export class NoAnswer extends Error {
  readonly code = 'BAD_DATA'

  constructor() {
    super('could not decode result data')
  }
}

export const hashOf = (signature: string): string =>
  `0x${Buffer.from(keccak256(Buffer.from(signature))).toString('hex')}`

/** @param signature as in `channels(uint256)` @param words as hexadecimal digits, 64 each */
export const encodeCall = (signature: string, ...words: readonly string[]): string =>
  hashOf(signature).slice(0, 2 + SELECTOR_DIGITS) + words.join('')

export const uintWord = (value: bigint): string => value.toString(16).padStart(WORD_DIGITS, '0')
export const addressWord = (address: Address): string => address.slice(2).toLowerCase().padStart(WORD_DIGITS, '0')

/** The words of an answer. Each reading fails with `NoAnswer` where there is no such value. */
export class Words {
  readonly #digits: string

  constructor(data: string) {
    if (!/^0x(?:[0-9a-f]{64})*$/i.test(data)) throw new NoAnswer()
    this.#digits = data.slice(2)
  }

  uint(at: number): bigint {
    return BigInt(`0x${this.#word(at)}`)
  }

  /** A number that has to be so small that it can count bytes. */
  small(at: number): number {
    const value = this.uint(at)
    if (value > BigInt(this.#digits.length)) throw new NoAnswer()
    return Number(value)
  }

  isTrue(at: number): boolean {
    return this.uint(at) !== 0n
  }

  address(at: number): Address {
    return toAddress(`0x${this.#word(at).slice(-40)}`)
  }

  bytes32(at: number): string {
    return `0x${this.#word(at)}`
  }

  /** Bytes of any number, to which the word leads. */
  bytes(at: number): Buffer {
    const begin = this.small(at)
    if (begin % 32 !== 0) throw new NoAnswer()
    const length = this.small(begin / 32)
    const from = 2 * (begin + 32)
    if (from + 2 * length > this.#digits.length) throw new NoAnswer()
    return Buffer.from(this.#digits.slice(from, from + 2 * length), 'hex')
  }

  #word(at: number): string {
    const word = this.#digits.slice(at * WORD_DIGITS, (at + 1) * WORD_DIGITS)
    if (word.length < WORD_DIGITS) throw new NoAnswer()
    return word
  }
}
