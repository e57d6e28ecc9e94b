package perm

import "slices"

// Judge says what the answer of one invocation proves about one interface.
//
// Granted needs the answer to name the interface: "openapi.<name>:ok", or
// "openapi.<name>:fail" with a code of the interface itself (9000 and above, those
// of the access token excepted), which answers only after the permission was
// checked. Refused is -604101. All SDKs up
// to 4.0.2 leave the interface out of that error, so a refusal without a name is
// taken for this interface, the only one asked about; one that names another
// interface is not. Everything else is Inconclusive, above all an answer in which
// no -604101 is seen: the function may have returned before it made the call.
func Judge(api string, a Answer, err error) Verdict {
	return judgeAll([]string{api}, a, err).verdicts[0]
}

// judgement is what one answer proves about several interfaces.
type judgement struct {
	verdicts []Verdict // one for each interface asked about
	unnamed  bool      // at least one of them was refused, and the answer does not say which
	code     int       // a code that explains why not all of them are granted
}

// judgeAll judges one answer for several interfaces at once. A refusal that
// names none of them is a refusal of at least one: then none counts as granted.
func judgeAll(apis []string, a Answer, err error) judgement {
	j := judgement{verdicts: make([]Verdict, len(apis))}
	for i := range j.verdicts {
		j.verdicts[i] = Inconclusive
	}
	if err != nil {
		return j
	}
	e := gather(apis, a)
	j.code = e.code
	for i, api := range apis {
		refused, granted := slices.Contains(e.refused, api), slices.Contains(e.granted, api)
		switch {
		case api == "":
		case refused:
			j.verdicts[i] = Refused // by one node at least, whatever another one said
		case e.unnamed && len(apis) == 1 && !granted:
			j.verdicts[i] = Refused
		case e.unnamed:
			// Granted here and refused somewhere: the refusal may be of a second
			// call of the same interface, or of another one.
			j.unnamed = len(apis) > 1
		case granted:
			j.verdicts[i] = Granted
		}
	}
	return j
}
