import fc from 'fast-check'

// Continuous integration judges a change, not the luck of the draw; everywhere else new inputs are tried at every run.
if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 7 })
