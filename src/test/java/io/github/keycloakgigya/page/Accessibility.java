package io.github.keycloakgigya.page;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What hinders people on a page. */
public final class Accessibility {

    // Levels A and AA, which laws name.
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    // What sticks out of the window, and text that its own box hides, but for fields, in which a person moves about.
    // Texts for screen readers only are clipped to one pixel on purpose.
    private static final String CUT_OFF = """
            () => [...document.body.querySelectorAll('*')]
              .filter(element => {
                const box = element.getBoundingClientRect();
                const style = getComputedStyle(element);
                if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden' || element.matches('input, select')) {
                  return false;
                }
                const sticksOut = box.left < -0.5 || box.right > innerWidth + 0.5;
                const hides = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
                return sticksOut || hides;
              })
              .map(element => element.outerHTML.slice(0, 120))""";

    private final Page page;

    public Accessibility(Page page) {
        this.page = page;
    }

    /** {@return what axe-core finds wrong, by all its rules, with the elements} */
    public List<String> violations() {
        return violations(axe());
    }

    /** {@return what breaks the Web Content Accessibility Guidelines 2.2, with the elements} */
    public List<String> wcagViolations() {
        return violations(axe().withTags(WCAG));
    }

    // Of what is right it tells one element for each rule, which is faster than all of them.
    private AxeBuilder axe() {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).options(options);
    }

    private static List<String> violations(AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .flatMap(rule -> rule.getNodes().stream()
                        .map(node -> rule.getId() + " (" + rule.getHelp() + "): " + node.getHtml() + " "
                                + node.getFailureSummary()))
                .toList();
    }

    /** {@return the elements that can't be seen whole without scrolling sideways} */
    @SuppressWarnings("unchecked")
    public List<String> cutOff() {
        return (List<String>) page.evaluate(CUT_OFF);
    }
}
