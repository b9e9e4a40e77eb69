// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {BusinessKeys} from "../src/BusinessKeys.sol";
import {vm} from "./Vm.sol";

contract Keys is BusinessKeys {
    function use(address scope, bytes32 key) external {
        _use(scope, key);
    }
}

contract BusinessKeysTest {
    Keys private _keys;

    function setUp() public {
        _keys = new Keys();
    }

    function testFuzz_aKeyIsUsedOnceInItsScope(address scope, bytes32 key) public {
        vm.assertFalse(_keys.isKeyUsed(scope, key), "used before");
        _keys.use(scope, key);
        vm.assertTrue(_keys.isKeyUsed(scope, key), "used");
        vm.expectRevert(abi.encodeWithSelector(BusinessKeys.BusinessKeyUsed.selector, key));
        _keys.use(scope, key);
    }

    function testFuzz_otherScopesAndOtherKeysStayFree(address scope, bytes32 key, address otherScope, bytes32 otherKey) public {
        if (scope == otherScope) otherScope = address(uint160(scope) ^ 1);
        if (key == otherKey) otherKey = ~key;
        _keys.use(scope, key);
        vm.assertFalse(_keys.isKeyUsed(otherScope, key), "other scope");
        vm.assertFalse(_keys.isKeyUsed(scope, otherKey), "other key");
        _keys.use(otherScope, key);
        _keys.use(scope, otherKey);
    }
}
