package org.citystream.analytics.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.citystream.analytics.district.Places.km;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.citystream.model.place.GeoPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convex hull, width and area of places, drawn on squared paper of one kilometre where the earth is flattest. */
class OutlineTest {
    /** Counter-clockwise from the west. */
    private static final List<GeoPoint> CORNERS = List.of(km(-3, -1), km(0, -3), km(4, 0), km(2, 3), km(-2, 2));

    private static final List<GeoPoint> WITHIN =
            List.of(km(0, 0), km(1, 1), km(-1, 1), km(2, -1), km(-2, 0), km(0, -2), km(2, 2), km(1, -1));

    private static Outline outline(GeoPoint... places) {
        return Outline.of(List.of(places)).orElseThrow();
    }

    @Test
    void nowhereHasNoOutline() {
        assertThat(Outline.of(List.of())).isEmpty();
    }

    @Test
    void onePlaceReachesNoFarther() {
        assertThat(outline(km(3, 4))).satisfies(outline -> {
            assertThat(outline.hull()).containsExactly(km(3, 4));
            assertThat(outline.centre()).isEqualTo(km(3, 4));
            assertThat(outline.acrossM()).isZero();
            assertThat(outline.areaKm2()).isZero();
        });
    }

    @Test
    void twoPlacesAreALine() {
        assertThat(outline(km(3, 4), km(0, 0))).satisfies(outline -> {
            assertThat(outline.hull()).containsExactly(km(0, 0), km(3, 4));
            assertThat(outline.acrossM()).isCloseTo(5000, within(1.0));
            assertThat(outline.areaKm2()).isZero();
        });
    }

    @Test
    void whatLiesBetweenTwoPlacesIsNoCorner() {
        assertThat(outline(km(0, 0), km(0, 2), km(0, 1)).hull()).containsExactly(km(0, 0), km(0, 2));
    }

    @Test
    void twoStationsInOnePlaceAreOneCorner() {
        assertThat(outline(km(1, 0), km(1, 0)).hull()).containsExactly(km(1, 0));
    }

    @Test
    void aTriangleIsToldCounterClockwiseFromTheWest() {
        assertThat(outline(km(4, 1), km(1, 2), km(0, 0)).hull()).containsExactly(km(0, 0), km(4, 1), km(1, 2));
    }

    /**
     * By the shoelace, corner after corner: (9 + 12 + 12 + 10 + 8) / 2 = 25.5 km²; widest from (-3, -1) to (4, 0), the root of
     * 50. Whichever place comes first, and so touches the plane.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theHullHoldsAllPlacesWhateverTheirOrder(int turn) {
        List<GeoPoint> places = new ArrayList<>(CORNERS);
        places.addAll(WITHIN);
        Collections.rotate(places, turn);

        assertThat(Outline.of(places).orElseThrow()).satisfies(outline -> {
            assertThat(outline.hull()).isEqualTo(CORNERS);
            assertThat(outline.acrossM()).isCloseTo(7071, within(1.0));
            assertThat(outline.areaKm2()).isCloseTo(25.5, within(0.01));
        });
    }

    /** Of all stations, not of the corners alone: (0 + 4 + 2) / 3 east, (0 + 0 + 3) / 3 north. */
    @Test
    void theCentreIsTheMeanOfThePlaces() {
        GeoPoint centre = outline(km(0, 0), km(4, 0), km(2, 3)).centre();

        assertThat(Outline.distanceM(centre, km(2, 1))).isLessThan(1);
    }

    /** Half as far as on the equator: the cosine of 60 degrees. */
    @Test
    void degreesOfLongitudeShrinkTowardsThePole() {
        GeoPoint here = new GeoPoint(60, 20);

        assertThat(Outline.distanceM(here, new GeoPoint(60, 20 + 10 * Places.DEGREES_PER_KM)))
                .isCloseTo(5000, within(1.0));
    }
}
