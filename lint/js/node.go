package js

// kind is the kind of a tree node. What a, b and c hold is said per kind; a list
// is its first node, the others follow through next. Node 0 is "nothing".
type kind uint8

const (
	nNone kind = iota
	// Expressions.
	nIdent      // a atom, b symbol+1 after binding (0: free)
	nThis       //
	nSuper      //
	nLiteral    // null, true, false, numbers, regular expressions; op token
	nString     //
	nTemplate   // a list of nChunk and expressions, in order
	nChunk      // the text between two expressions of a template
	nTagged     // a tag, b template
	nArray      // a list; nHole for a missing element
	nHole       //
	nObject     // a list of nProperty and nSpread
	nProperty   // a key, b value; op propertyKind
	nFunction   // a name, b nParams, c body: nBlock or an expression
	nParams     // a list of patterns, b function number after binding
	nClass      // a name, b extends, c list of nMember
	nMember     // a key, b value or nBlock (static block), c decorators; op propertyKind
	nUnary      // a; op token
	nUpdate     // a; op token
	nBinary     // a, b; op token
	nLogical    // a, b; op token of && || ??
	nAssign     // a target, b value; op assignOp
	nCond       // a test, b then, c else
	nCall       // a callee, b arguments
	nNew        // a callee, b arguments
	nDot        // a object, b atom of the name; the name ends where the node ends, or c is the string in brackets
	nIndex      // a object, b key, which is no string
	nSpread     // a
	nYield      // a
	nAwait      // a
	nSequence   // a list
	nImportCall // a source, b further arguments
	nMeta       // import.meta, new.target
	nElement    // JSX: a list of everything inside that is an expression
	nSDK        // wx-server-sdk itself, where a bundler put it; what it holds is left out
	// Patterns. Identifiers and members are themselves.
	nArrayPattern  // a list
	nObjectPattern // a list of nProperty (b a pattern) and nRest
	nDefault       // a pattern, b value
	nRest          // a
	// Statements.
	nProgram    // a list
	nBlock      // a list
	nVar        // a list of nDeclarator; op token (tVar, tConst) or tIdent for let, tAt for using
	nDeclarator // a pattern, b value
	nExpr       // a
	nIf         // a, b, c
	nFor        // a nForHead, b body
	nForHead    // a, b, c
	nForIn      // a left, b right, c body
	nForOf      // a left, b right, c body
	nWhile      // a, b
	nDoWhile    // a body, b test
	nSwitch     // a, b list of nCase
	nCase       // a test or 0, b list
	nTry        // a block, b nCatch, c finally
	nCatch      // a pattern, b block
	nReturn     // a
	nThrow      // a
	nLabeled    // a label, b statement
	nBreak      // a label
	nContinue   // a label
	nWith       // a, b
	nEmpty      // also what TypeScript drops
	// Modules.
	nImport        // a list of nImportSpec, b source
	nImportSpec    // a imported name (nIdent, nString; 0 for all), b local nIdent
	nExport        // a declaration
	nExportDefault // a expression or declaration
	nExportList    // a list of nExportSpec, b source or 0
	nExportSpec    // a local name, b exported name
	nExportAll     // a exported name or 0, b source
	nExportAssign  // TypeScript: export = a
	nImportEquals  // TypeScript: a local nIdent, b expression
	nEnum          // TypeScript: a name, b list of nProperty
	nNamespace     // TypeScript: a name, b list
)

// kindNames are the names of the kinds for programs outside of the package.
var kindNames = [...]string{
	nNone: "none", nIdent: "ident", nThis: "this", nSuper: "super", nLiteral: "literal", nString: "string",
	nTemplate: "template", nChunk: "chunk", nTagged: "tagged", nArray: "array", nHole: "hole", nObject: "object",
	nProperty: "property", nFunction: "function", nParams: "params", nClass: "class", nMember: "member",
	nUnary: "unary", nUpdate: "update", nBinary: "binary", nLogical: "logical", nAssign: "assign", nCond: "cond",
	nCall: "call", nNew: "new", nDot: "dot", nIndex: "index", nSpread: "spread", nYield: "yield",
	nAwait: "await", nSequence: "sequence", nImportCall: "import call", nMeta: "meta", nElement: "element", nSDK: "sdk",
	nArrayPattern: "array pattern", nObjectPattern: "object pattern", nDefault: "default", nRest: "rest",
	nProgram: "program", nBlock: "block", nVar: "var", nDeclarator: "declarator", nExpr: "expr", nIf: "if",
	nFor: "for", nForHead: "for head", nForIn: "for in", nForOf: "for of", nWhile: "while", nDoWhile: "do while",
	nSwitch: "switch", nCase: "case", nTry: "try", nCatch: "catch", nReturn: "return", nThrow: "throw",
	nLabeled: "labeled", nBreak: "break", nContinue: "continue", nWith: "with", nEmpty: "empty",
	nImport: "import", nImportSpec: "import spec", nExport: "export", nExportDefault: "export default",
	nExportList: "export list", nExportSpec: "export spec", nExportAll: "export all",
	nExportAssign: "export assign", nImportEquals: "import equals", nEnum: "enum", nNamespace: "namespace",
}

// propertyKind is the op of nProperty and nMember.
const (
	propInit uint8 = iota
	propGet
	propSet
	propMethod
	propShorthand
	propConstructor
)

// assignOp is the op of nAssign.
const (
	assignPlain uint8 = iota
	assignAdd
	assignLogical
	assignOther
)

// Flags of a node.
const (
	flagParen    uint16 = 1 << iota // stood in parentheses
	flagOptional                    // reached by ?.
	flagComputed                    // key in brackets
	flagPrivate                     // #name
	flagStatic
	flagAsync
	flagGenerator
	flagArrow
	flagEscaped // a string or name with escapes
	flagPrefix
	flagDeclaration // function or class as a statement
	flagMethod
	flagType                // import type
	flagMember              // a parameter that is also a member: constructor(private x)
	flagStrict              // of a function or the program: its code is strict
	flagOctal  = flagPrefix // of a number or string: written in a way that strict code forbids
	flagComma  = flagStatic // of a spread: a comma follows it
)

// Node is one node of the tree.
type Node struct {
	kind       kind
	op         uint8
	flags      uint16
	start, end int32 // byte offsets
	a, b, c    int32
	next       int32
}
