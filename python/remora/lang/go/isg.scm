; What the code graph of a Go file is made of, for the base reader (remora.isg.reader). The Go reader walks the tree
; itself, since names of blocks and receivers need more; both find the same functions and types.

(function_declaration) @definition.function
(method_declaration) @definition.method
(type_spec type: (struct_type)) @definition.struct
(type_spec type: (interface_type)) @definition.interface
(type_spec type: (interface_type (method_elem) @definition.method))
(func_literal) @definition.lambda

(comment) @doc

(call_expression) @call
(return_statement) @return
(function_declaration result: (_) @result)
(method_declaration result: (_) @result)
