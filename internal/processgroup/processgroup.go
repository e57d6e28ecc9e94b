// Package processgroup starts programs so that they can be ended together with
// everything they start. It knows nothing of what is run.
package processgroup
