package org.citystream.stack.chaos;

import java.util.List;
import java.util.function.Consumer;

/** What Ctrl-C leaves behind: nothing that stands still, and no webhook that nobody listens to. What fails stops nothing else. */
final class PutBack implements Runnable {
    private final List<Component> components;
    private final List<AutoCloseable> ours;
    private final Consumer<String> say;

    /** @param ours what the run has opened, closed in this order after every component has been let go */
    PutBack(List<Component> components, List<AutoCloseable> ours, Consumer<String> say) {
        this.components = components;
        this.ours = ours;
        this.say = say;
    }

    @Override
    public void run() {
        for (Component component : components) {
            attempt(component::relieve);
        }
        for (AutoCloseable one : ours) {
            attempt(one);
        }
    }

    private void attempt(AutoCloseable step) {
        try {
            step.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            say.accept("not everything could be put back: " + e.getMessage());
        }
    }
}
