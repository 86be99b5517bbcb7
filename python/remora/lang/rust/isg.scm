; What the code graph of a Rust file is made of, for the base reader (remora.isg.reader). The Rust reader walks the tree
; itself, since names of blocks, paths and macros need more; both find the same definitions.

(function_item) @definition.function
(function_signature_item) @definition.function
(struct_item) @definition.struct
(union_item) @definition.struct
(enum_item) @definition.enum
(enum_variant) @definition.constant
(trait_item) @definition.trait
(mod_item body: (_)) @definition.module
(const_item) @definition.constant
(static_item) @definition.constant
(type_item) @definition.type
(associated_type) @definition.type
(macro_definition) @definition.macro
(field_declaration) @definition.field
(closure_expression) @definition.lambda

(attribute_item) @attribute
(line_comment outer: (_)) @doc
(block_comment outer: (_)) @doc

(call_expression) @call
(macro_invocation) @call.macro
(return_expression) @return
(function_item return_type: (_) @result)
