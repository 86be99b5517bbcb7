; What the code graph of a Python file is made of (remora.isg.extract).

(function_definition) @function
(class_definition) @class
(decorated_definition) @decorated

(call) @call

(import_statement) @import
(import_from_statement) @import

; Names bound by something other than a definition or an import. Comprehensions and lambdas count to the function
; around them: that makes a name less certain, never wrongly certain.
(assignment left: (identifier) @binding)
(augmented_assignment left: (identifier) @binding)
(named_expression name: (identifier) @binding)
(for_statement left: (identifier) @binding)
(for_in_clause left: (identifier) @binding)
(as_pattern_target (identifier) @binding)
(pattern_list (identifier) @binding)
(tuple_pattern (identifier) @binding)
(list_pattern (identifier) @binding)
(list_splat_pattern (identifier) @binding)
(dictionary_splat_pattern (identifier) @binding)
(case_pattern (dotted_name . (identifier) @binding .))
(delete_statement (identifier) @binding)
(delete_statement (expression_list (identifier) @binding))
(parameters (identifier) @binding)
(lambda_parameters (identifier) @binding)
(default_parameter name: (identifier) @binding)
(typed_parameter . (identifier) @binding)
(typed_default_parameter name: (identifier) @binding)

(parameters . (identifier) @parameter.first)
(parameters . (typed_parameter . (identifier) @parameter.first))

(global_statement (identifier) @global)
(nonlocal_statement (identifier) @global)

(assignment left: (attribute) @attribute)
