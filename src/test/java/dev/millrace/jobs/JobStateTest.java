package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
    @ParameterizedTest
    @EnumSource(JobState.class)
    void a_state_leads_only_where_the_diagram_has_an_arrow(JobState state) {
        Set<JobState> next = EnumSet.noneOf(JobState.class);
        for (JobState other : JobState.values()) {
            if (state.leadsTo(other)) {
                next.add(other);
            }
        }
        Set<JobState> expected = switch (state) {
            case QUEUED -> EnumSet.of(JobState.RUNNING, JobState.FAILED, JobState.NSFW, JobState.CANCELED);
            case RUNNING -> EnumSet.of(JobState.COMPLETED, JobState.FAILED, JobState.NSFW, JobState.CANCELED);
            case COMPLETED, FAILED, NSFW, CANCELED -> EnumSet.noneOf(JobState.class);
        };
        assertThat(next).isEqualTo(expected);
        assertThat(state.terminal()).isEqualTo(expected.isEmpty());
        assertThat(JobState.read(state.wire())).isEqualTo(state);
    }
}
