; What the code graph of a TSX file is made of, in the captures of remora.isg.reader. The language's own reader
; (remora.isg.languages.ecmascript) finds the same and more: there, what a name means depends on where it stands.

(class_declaration) @definition.class
(function_declaration) @definition.function
(generator_function_declaration) @definition.function
(method_definition) @definition.method
(arrow_function) @definition.lambda
(function_expression) @definition.lambda
(public_field_definition) @definition.field
(abstract_class_declaration) @definition.class
(interface_declaration) @definition.interface
(enum_declaration) @definition.enum
(type_alias_declaration) @definition.type
(function_signature) @definition.function
(method_signature) @definition.method
(abstract_method_signature) @definition.method
(property_signature) @definition.field

(export_statement) @outer
(decorator) @attribute
(comment) @doc

(extends_clause value: (_) @base)
(implements_clause (_) @base)
(extends_type_clause type: (_) @base)
(function_declaration return_type: (type_annotation (_) @result))
(method_definition return_type: (type_annotation (_) @result))
(method_signature return_type: (type_annotation (_) @result))
(type_parameter constraint: (constraint (_) @reference.bound))

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
