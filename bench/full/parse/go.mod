module wxcloud/bench/full/parse

go 1.26.0

require (
	github.com/evanw/esbuild v0.28.2
	github.com/tdewolff/parse/v2 v2.8.20
	wxcloud v0.0.0
)

require golang.org/x/sys v0.49.0 // indirect

replace wxcloud => ../../..
