; What the code graph of a JavaScript file is made of, in the captures of remora.isg.reader. The language's own reader
; (remora.isg.languages.ecmascript) finds the same and more: there, what a name means depends on where it stands.

(class_declaration) @definition.class
(function_declaration) @definition.function
(generator_function_declaration) @definition.function
(method_definition) @definition.method
(arrow_function) @definition.lambda
(function_expression) @definition.lambda
(field_definition) @definition.field

(export_statement) @outer
(decorator) @attribute
(comment) @doc

(class_heritage (identifier) @base)

(call_expression) @call
(new_expression) @call.new
(jsx_opening_element) @call.jsx
(jsx_self_closing_element) @call.jsx
(import_statement) @import

(variable_declarator) @assign
(assignment_expression) @assign
(return_statement) @return
(yield_expression) @yield
(throw_statement) @error

(if_statement) @branch
(for_statement) @branch
(for_in_statement) @branch
(while_statement) @branch
(switch_case) @branch
(try_statement) @branch
