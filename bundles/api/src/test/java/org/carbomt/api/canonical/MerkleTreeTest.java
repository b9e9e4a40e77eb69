package org.carbomt.api.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The roots are those of Certificate Transparency's own reference tests for its eight inputs. */
class MerkleTreeTest {
    private static final List<String> INPUTS = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void givesTheReferenceRoots() {
        var leaves = INPUTS.stream().map(i -> MerkleTree.leaf(HexFormat.of().parseHex(i))).toList();
        for (int n = 0; n <= leaves.size(); n++) assertEquals(ROOTS.get(n), new MerkleTree(leaves.subList(0, n)).root().hex(), n + " leaves");
    }

    @Test
    void everyPathOfEveryTreeLeadsToItsRootAndToNoOther() {
        for (int n = 1; n <= 70; n++) {
            var leaves = IntStream.range(0, n).mapToObj(i -> MerkleTree.leaf(new byte[] {(byte) i})).toList();
            var tree = new MerkleTree(leaves);
            for (int i = 0; i < n; i++) {
                var path = tree.inclusionProof(i);
                assertTrue(MerkleTree.verify(leaves.get(i), i, n, path, tree.root()), i + " of " + n);
                assertFalse(MerkleTree.verify(MerkleTree.leaf(new byte[] {99}), i, n, path, tree.root()), "another leaf");
                if (n > 1) {
                    assertFalse(MerkleTree.verify(leaves.get(i), (i + 1) % n, n, path, tree.root()), "another index");
                    assertFalse(MerkleTree.verify(leaves.get(i), i, n, path.subList(1, path.size()), tree.root()), "a step short");
                }
                var longer = new ArrayList<>(path);
                longer.add(tree.root());
                assertFalse(MerkleTree.verify(leaves.get(i), i, n, longer, tree.root()), "a step too many");
            }
        }
    }

    @Test
    void refusesAnIndexOutsideTheTree() {
        var one = new MerkleTree(List.of(MerkleTree.leaf(new byte[0])));
        assertThrows(IllegalArgumentException.class, () -> one.inclusionProof(1));
        assertThrows(IllegalArgumentException.class, () -> one.inclusionProof(-1));
        assertFalse(MerkleTree.verify(one.root(), 1, 1, List.of(), one.root()));
    }
}
