import type { DecodingEnvironment } from '../../shared/recording/openRecording'
import { wasmDecoders } from '../../shared/recording/wasmDecoders'
import { openContainer } from './containers'

/** What decodes in the window's workers. */
export const decoders: DecodingEnvironment = { ...wasmDecoders, openContainer }
