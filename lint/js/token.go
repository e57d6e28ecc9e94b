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
	aAs
	aAssert
	aAsserts
	aConstructor
	aDeclare
	aDefer
	aExports
	aFrom
	aGet
	aGlobal
	aInfer
	aInit
	aIs
	aKeyof
	aMeta
	aModule
	aNamespace
	aOf
	aOpenapi
	aOut
	aOverride
	aPrototype
	aProto
	aReadonly
	aRequire
	aSatisfies
	aSet
	aSource
	aTarget
	aType
	aUndefined
	aUnique
	aUsing
	aCloud
	// Names that some places forbid; see restricted. They stand together.
	aAsync
	aAwait
	aYield
	aLet
	aStatic
	aImplements
	aInterface
	aPackage
	aPrivate
	aProtected
	aPublic
	aEval
	aArguments
	aLast
)

// atomNames are the texts of the atoms above, in their order.
var atomNames = [aLast]string{
	"",
	"break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
	"do", "else", "enum", "export", "extends", "false", "finally", "for", "function", "if",
	"import", "in", "instanceof", "new", "null", "return", "super", "switch", "this", "throw",
	"true", "try", "typeof", "var", "void", "while", "with",
	"abstract", "accessor", "any", "as", "assert", "asserts", "constructor", "declare", "defer", "exports",
	"from", "get", "global", "infer", "init", "is", "keyof", "meta", "module", "namespace", "of",
	"openapi", "out", "override", "prototype", "__proto__", "readonly", "require", "satisfies", "set",
	"source", "target", "type", "undefined", "unique", "using", "cloud", "async", "await", "yield", "let",
	"static", "implements", "interface", "package", "private", "protected", "public", "eval", "arguments",
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
