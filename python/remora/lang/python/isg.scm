; What the code graph of a Python file is made of, for the base reader (remora.isg.reader lists the captures).

(function_definition) @definition.function
(class_definition) @definition.class
(lambda) @definition.lambda
(decorated_definition) @outer
(decorator) @attribute

(class_definition superclasses: (argument_list (_) @base))
(function_definition return_type: (_) @result)

(call) @call
(assignment) @assign
(named_expression) @assign
(return_statement) @return
(yield) @yield

[(if_statement) (for_statement) (while_statement) (try_statement) (match_statement) (with_statement)] @branch
[(list_comprehension) (set_comprehension) (dictionary_comprehension) (generator_expression)] @scope

(for_statement left: (identifier) @binding)
(for_in_clause left: (identifier) @binding)
(as_pattern_target (identifier) @binding)
