; Text objects for Python, read by Neovim's own tree-sitter and by the server's parser (remora.isg.select).
;
; Both sides take captures only (no predicates, no directives) and choose by the same rule:
;   1. A cursor in the blank start of a line counts as standing on the first other character of that line.
;   2. A capture holds the cursor when start <= cursor < end (rows, then byte columns).
;   3. X.outer: the shortest X.outer capture (in bytes) that holds the cursor.
;   4. X.inner: first find X.outer by rule 3. Of the X.inner captures that lie inside it, take the shortest that
;      holds the cursor; when none does, the one that starts first (the longest of those that start together).
;   5. With a count n, rule 3 takes the n-th shortest, and rule 4 leaves out what lies inside the one before it.
; Nothing found means no text object. The range is the node's own; making it linewise is the editor's matter.
;
; A decorated definition is captured as a whole and its inner definition is not, because an undecorated one is
; only looked for below a module, a block or a broken stretch: so "outer" always keeps the decorators.

(decorated_definition definition: (function_definition)) @function.outer
(module (function_definition) @function.outer)
(block (function_definition) @function.outer)
(ERROR (function_definition) @function.outer)
(function_definition body: (block) @function.inner)

(decorated_definition definition: (class_definition)) @class.outer
(module (class_definition) @class.outer)
(block (class_definition) @class.outer)
(ERROR (class_definition) @class.outer)
(class_definition body: (block) @class.inner)

(parameters
  [
    (identifier)
    (typed_parameter)
    (default_parameter)
    (typed_default_parameter)
    (list_splat_pattern)
    (dictionary_splat_pattern)
  ] @parameter.outer @parameter.inner)
(lambda_parameters
  [
    (identifier)
    (default_parameter)
    (list_splat_pattern)
    (dictionary_splat_pattern)
  ] @parameter.outer @parameter.inner)
(argument_list
  [
    (expression)
    (keyword_argument)
    (list_splat)
    (dictionary_splat)
  ] @parameter.outer @parameter.inner)

(for_statement) @loop.outer
(for_statement body: (block) @loop.inner)
(while_statement) @loop.outer
(while_statement body: (block) @loop.inner)

(if_statement) @conditional.outer
(if_statement consequence: (block) @conditional.inner)
(elif_clause consequence: (block) @conditional.inner)
(if_statement alternative: (else_clause body: (block) @conditional.inner))
(match_statement) @conditional.outer
(case_clause consequence: (block) @conditional.inner)

(comment) @comment.outer
