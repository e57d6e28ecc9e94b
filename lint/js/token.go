package js

// token is the kind of a lexical token.
type token uint8

// Punctuators come first, then the kinds with a value, then the keywords in the
// order of keywordNames.
const (
	tEOF token = iota
	tError
	tLBrace
	tRBrace
	tLParen
	tRParen
	tLBracket
	tRBracket
	tDot
	tEllipsis
	tSemi
	tComma
	tQuestion
	tQuestionDot
	tColon
	tArrow
	tTilde
	tNot
	tPlusPlus
	tMinusMinus
	tAt
	tHash
	tBacktick
	tAssign // every assignment operator; which one is in lexer.op
	// Binary operators, in no order of strength: see precedence.
	tNullish
	tOrOr
	tAndAnd
	tOr
	tXor
	tAnd
	tEq // == != === !==
	tLess
	tGreater
	tLessEq
	tGreaterEq
	tShift // << >> >>>
	tPlus
	tMinus
	tStar
	tSlash
	tPercent
	tPower
	tNumber
	tBigInt
	tString
	tRegex
	tPrivate
	tIdent
	tBreak
	tCase
	tCatch
	tClass
	tConst
	tContinue
	tDebugger
	tDefault
	tDelete
	tDo
	tElse
	tEnum
	tExport
	tExtends
	tFalse
	tFinally
	tFor
	tFunction
	tIf
	tImport
	tIn
	tInstanceof
	tNew
	tNull
	tReturn
	tSuper
	tSwitch
	tThis
	tThrow
	tTrue
	tTry
	tTypeof
	tVar
	tVoid
	tWhile
	tWith
)

// The atoms that the package itself asks for by number: the keywords first, in
// the order of their tokens.
const (
	aNone int32 = iota
	aBreak
	aCase
	aCatch
	aClass
	aConst
	aContinue
	aDebugger
	aDefault
	aDelete
	aDo
	aElse
	aEnum
	aExport
	aExtends
	aFalse
	aFinally
	aFor
	aFunction
	aIf
	aImport
	aIn
	aInstanceof
	aNew
	aNull
	aReturn
	aSuper
	aSwitch
	aThis
	aThrow
	aTrue
	aTry
	aTypeof
	aVar
	aVoid
	aWhile
	aWith
	aLastKeyword = aWith
)

const (
	aAbstract = aLastKeyword + 1 + iota
	aAccessor
	aAny
	aArguments
	aAs
	aAssert
	aAsserts
	aAsync
	aAwait
	aConstructor
	aDeclare
	aDefer
	aExports
	aFrom
	aGet
	aGlobal
	aImplements
	aInfer
	aInit
	aInterface
	aIs
	aKeyof
	aLet
	aMeta
	aModule
	aNamespace
	aOf
	aOpenapi
	aOut
	aOverride
	aPrivate
	aProtected
	aPrototype
	aProto
	aPublic
	aReadonly
	aRequire
	aSatisfies
	aSet
	aSource
	aStatic
	aTarget
	aType
	aUndefined
	aUnique
	aUsing
	aYield
	aCloud
	aLast
)

// atomNames are the texts of the atoms above, in their order.
var atomNames = [aLast]string{
	"",
	"break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
	"do", "else", "enum", "export", "extends", "false", "finally", "for", "function", "if",
	"import", "in", "instanceof", "new", "null", "return", "super", "switch", "this", "throw",
	"true", "try", "typeof", "var", "void", "while", "with",
	"abstract", "accessor", "any", "arguments", "as", "assert", "asserts", "async", "await",
	"constructor", "declare", "defer", "exports", "from", "get", "global", "implements", "infer",
	"init", "interface", "is", "keyof", "let", "meta", "module", "namespace", "of", "openapi",
	"out", "override", "private", "protected", "prototype", "__proto__", "public", "readonly",
	"require", "satisfies", "set", "source", "static", "target", "type", "undefined", "unique",
	"using", "yield", "cloud",
}

// tokenNames are the texts of punctuators as messages show them.
var tokenNames = [tNumber]string{
	tLBrace: "{", tRBrace: "}", tLParen: "(", tRParen: ")", tLBracket: "[", tRBracket: "]",
	tDot: ".", tEllipsis: "...", tSemi: ";", tComma: ",", tQuestion: "?", tQuestionDot: "?.",
	tColon: ":", tArrow: "=>", tTilde: "~", tNot: "!", tPlusPlus: "++", tMinusMinus: "--",
	tAt: "@", tHash: "#", tBacktick: "`", tAssign: "=", tNullish: "??", tOrOr: "||", tAndAnd: "&&",
	tOr: "|", tXor: "^", tAnd: "&", tEq: "==", tLess: "<", tGreater: ">", tLessEq: "<=",
	tGreaterEq: ">=", tShift: "<<", tPlus: "+", tMinus: "-", tStar: "*", tSlash: "/",
	tPercent: "%", tPower: "**",
}

// precedence is the strength of a binary operator, 0 for other tokens.
var precedence = [256]uint8{
	tNullish: 1, tOrOr: 2, tAndAnd: 3, tOr: 4, tXor: 5, tAnd: 6, tEq: 7,
	tLess: 8, tGreater: 8, tLessEq: 8, tGreaterEq: 8, tIn: 8, tInstanceof: 8,
	tShift: 9, tPlus: 10, tMinus: 10, tStar: 11, tSlash: 11, tPercent: 11, tPower: 12,
}
