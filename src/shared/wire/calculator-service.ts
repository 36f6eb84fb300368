import { type LoadedService, loadService } from './protos.js'

export type { CalculatorHandlers } from './generated/own/example_service/Calculator.js'

/** Below proto/. */
export const CALCULATOR_PROTO = 'example_service/example_service.proto'

/** The example AI service of the sandbox. */
export const loadCalculatorService = (): LoadedService => loadService('example_service.Calculator')
