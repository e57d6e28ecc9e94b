package text

// catalogErrors are the errors and hints of the catalog room. It has none: a
// name it does not know is an answer, and cmd says what that means.
var catalogErrors = []entry{}
