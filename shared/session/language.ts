import { invertedEffects } from '@codemirror/commands'
import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'

/** Says in which language the recording is spoken; `null`: as the text tells. */
export const setLanguageEffect = StateEffect.define<string | null>()

export const languageField: StateField<string | null> = StateField.define<string | null>({
  create: () => null,
  update(language, transaction) {
    for (const effect of transaction.effects) if (effect.is(setLanguageEffect)) return effect.value
    return language
  },
})

/** The chosen language with its place in the undo history. */
export const languageExtension: Extension = [
  languageField,
  invertedEffects.of((transaction) =>
    transaction.effects.some((effect) => effect.is(setLanguageEffect))
      ? [setLanguageEffect.of(transaction.startState.field(languageField))]
      : [],
  ),
]

/** ISO 639 code or espeak-ng voice that was chosen; `null`: as the text tells. */
export function chosenLanguageOf(session: EditorState): string | null {
  return session.field(languageField)
}
