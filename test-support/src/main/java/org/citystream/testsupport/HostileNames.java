package org.citystream.testsupport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names that run a script, {@code ran()}, wherever a page takes them for more than text, and all {@link NaughtyStrings}: what
 * somebody may call a sensor.
 */
public final class HostileNames {
    private static final List<String> BREAKOUTS =
            List.of("", "\">", "'>", "--></style>", "</script>", "</title></textarea>", "]]>", "\\\">", "</svg>", "`>");

    private static final List<String> PAYLOADS = List.of(
            "<script>ran()</script>",
            "<img src=x onerror=ran()>",
            "<svg onload=ran()>",
            "<svg><script>ran()</script></svg>",
            "<svg><animate onbegin=ran() attributeName=x>",
            "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
            "<iframe src=javascript:parent.ran()></iframe>",
            "<body onload=ran()>",
            "<details open ontoggle=ran()>",
            "<input autofocus onfocus=ran()>",
            "<video><source onerror=ran()></video>",
            "<audio src=x onerror=ran()>",
            "<object data=javascript:ran()>",
            "<embed src=javascript:ran()>",
            "<math><mtext><img src=x onerror=ran()></mtext></math>",
            "<a href=javascript:ran()>x</a>",
            "<form action=javascript:ran()><button>x</button></form>",
            "<link rel=stylesheet href=//evil.example/x.css>",
            "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
            "<base href=//evil.example/>",
            "<style>@import '//evil.example/x.css'</style>",
            "<div style='background:url(javascript:ran())' onmouseover=ran()>x</div>",
            "<template><img src=x onerror=ran()></template><p onclick=ran()>x",
            "javascript:ran()",
            "${ran()}",
            "{{constructor.constructor('ran()')()}}",
            "';ran();//",
            "\";ran();//");

    private HostileNames() {}

    /** At least 500, each once. */
    public static List<String> all() {
        Set<String> names = new LinkedHashSet<>();
        for (String breakout : BREAKOUTS) {
            PAYLOADS.forEach(payload -> names.add(breakout + payload));
        }
        names.addAll(NaughtyStrings.all());
        return new ArrayList<>(names);
    }
}
