package org.carbomt.satellite.plumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carbomt.api.CarboException;
import org.carbomt.api.satellite.PlumeFinding.Site;
import org.carbomt.api.satellite.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteListTest {
    @Test
    void readsWhatAListSays() {
        assertEquals(List.of(new Site("a", "Unit 1, east", new Position(25.9, 70.95))), SiteList.parse("x.csv", "id,fuel,name,latitude,longitude\na,Coal,\"Unit 1, east\",25.9,70.95\nb,Coal,Unknown place,,\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id,latitude\na,1", "id,latitude,longitude\na,91,0", "id,latitude,longitude\na,x,0", "id,latitude,longitude\na,,0", "id,latitude,longitude\na,NaN,0", "id,latitude,longitude\na,1,2,3", "id,latitude,longitude\na,1,2\na,1,2", "id,latitude,longitude\n,1,2"})
    void saysWhatIsWrong(String text) {
        assertTrue(assertThrows(CarboException.Invalid.class, () -> SiteList.parse("x.csv", text)).getMessage().startsWith("sites.malformed: x.csv: line "));
    }
}
