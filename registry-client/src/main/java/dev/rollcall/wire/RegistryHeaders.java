package dev.rollcall.wire;

/** The names of the headers that carry the extended layer between registry and instances. */
public final class RegistryHeaders {
    /** Identity of the registry's durable state. */
    public static final String EPOCH = "Registry-Epoch";
    /** The registry's revision; on a patch, the one that it leads to. */
    public static final String REVISION = "Registry-Revision";
    /** On a patch, the revision that it starts from. */
    public static final String PREVIOUS_REVISION = "Registry-Previous-Revision";
    /** On a patch, {@link #SNAPSHOT} if its Added is the whole view. */
    public static final String PATCH = "Registry-Patch";
    /** The value of {@link #PATCH}. */
    public static final String SNAPSHOT = "snapshot";
    /** On a heartbeat, whom the registry believes to ask; on its answer, who answers. */
    public static final String INSTANCE = "Registry-Instance";
    /** On a heartbeat's answer, epoch and revision of what the instance knows, with a colon between. */
    public static final String VIEW = "Registry-View";

    private RegistryHeaders() {}
}
