; What the code graph of a Java file is made of, in the captures of remora.isg.reader. The language's own reader
; (remora.isg.languages.java) finds the same and more: there, what a name means depends on where it stands.

(class_declaration) @definition.class
(record_declaration) @definition.class
(interface_declaration) @definition.interface
(annotation_type_declaration) @definition.interface
(enum_declaration) @definition.enum
(method_declaration) @definition.method
(constructor_declaration) @definition.constructor
(lambda_expression) @definition.lambda

(block_comment) @doc
(line_comment) @doc
(annotation) @attribute
(marker_annotation) @attribute

(superclass (_) @base)
(super_interfaces (type_list (_) @base))
(extends_interfaces (type_list (_) @base))
(method_declaration type: (_) @result)
(type_bound (_) @reference.bound)

(method_invocation) @call
(object_creation_expression) @call.new
(import_declaration) @import

(variable_declarator) @assign
(assignment_expression) @assign
(return_statement) @return
(throw_statement) @error

(block) @scope
(if_statement) @branch
(for_statement) @branch
(enhanced_for_statement) @branch
(while_statement) @branch
(switch_rule) @branch
(catch_clause) @branch
