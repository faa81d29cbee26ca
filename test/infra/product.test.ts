// One file, because loading the CDK and checking the templates takes longer than all of the tests.
import './product/data-stack.ts';
import './product/machines.ts';
import './product/permissions.ts';
import './product/stacks.ts';
import './product/watch-stack.ts';
